import { mkdirSync, writeFileSync } from 'node:fs';
import type { DiskSupport, OwnDisk } from './disk.ts';

/** Where bwrap finds what differs from sandbox to sandbox. */
export interface StagePaths {
  app: string;
  node: string;
  disk: string;
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

  set(real: StagePaths, support: DiskSupport): { paths: StagePaths; binds: Bind[]; ownDisk?: OwnDisk } {
    const { app, node, disk } = this.#points;
    const binds: Bind[] = [
      [real.app, app],
      [real.node, node],
    ];
    if (support.mode === 'none') return { paths: this.#points, binds: [...binds, [real.disk, disk]] };
    // Certificates come from outside, by way of a folder that we can still see.
    binds.push([`${real.disk}/certificates`, `${disk}/certificates`]);
    const { template, bytes } = support;
    const source = template ? { template, image: `${real.disk}/disk.img` } : { bytes };
    return { paths: this.#points, binds, ownDisk: { target: disk, ...source } };
  }
}
