import { mkdirSync, writeFileSync } from 'node:fs';

/** Where bwrap finds what differs from sandbox to sandbox. */
export interface StagePaths {
  app: string;
  node: string;
  disk: string;
}

/** A sandbox's own file system: an empty one, the copy of it that is mounted, and where. */
export interface StageDisk {
  template: string;
  image: string;
  target: string;
}

/** `[source, mount point]`, mounted for one sandbox alone. */
export type Bind = readonly [string, string];

/**
 * A sandbox's user may not be able to walk to the image, to Node or to the disk: they may be below /root, or in
 * somebody's home. So the launcher, while it is still root and in a mount namespace of its own, mounts them on fixed
 * points of the run folder, which every user can walk through.
 */
export class Stage {
  readonly #points: StagePaths;

  constructor(folder: string) {
    this.#points = { app: `${folder}/app`, node: `${folder}/node`, disk: `${folder}/disk` };
    for (const path of [folder, this.#points.app, this.#points.disk]) mkdirSync(path, { recursive: true, mode: 0o711 });
    writeFileSync(this.#points.node, '');
  }

  /** @param template where the disk is a file system of its own */
  set(real: StagePaths, template: string | undefined): { paths: StagePaths; binds: Bind[]; loop?: StageDisk } {
    const { app, node, disk } = this.#points;
    const binds: Bind[] = [
      [real.app, app],
      [real.node, node],
    ];
    if (!template) return { paths: this.#points, binds: [...binds, [real.disk, disk]] };
    // Certificates come from outside, by way of a folder that we can still see.
    binds.push([`${real.disk}/certificates`, `${disk}/certificates`]);
    return { paths: this.#points, binds, loop: { template, image: `${real.disk}/disk.img`, target: disk } };
  }
}
