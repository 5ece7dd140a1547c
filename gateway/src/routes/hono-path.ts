/** A path of the contract as Hono writes it. `{path}` may hold slashes, plain or as `%2F`. */
export function honoPath({ path }: { path: string }): string {
  return path.replaceAll(/{(\w+)}/g, (_, name) => (name === 'path' ? ':path{[\\s\\S]+}' : `:${name}`));
}
