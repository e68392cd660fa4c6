import path from 'node:path';
import { goBuild } from '../../support/go-build.ts';
import { findingOf } from './built-programs.ts';

const MODULE = path.join(import.meta.dirname, 'tools');
const LAST = 'pause';

/** The folder with containerd, its shim and client, the network plugins and `pause`; they take about two minutes to build. */
export const findNodeTools = findingOf({
  module: MODULE,
  sources: ['go.mod', 'go.sum', 'pause/main.go'],
  pinned: 'github.com/containerd/containerd/v2',
  name: 'node-tools',
  title: 'containerd',
  executable: LAST,
  build: (folder) => {
    const what = ['-tags=no_btrfs no_devmapper no_zfs', '-ldflags=-s -w', '-o', `${folder}/`];
    return goBuild(MODULE, [...what, 'tool', `./${LAST}`]);
  },
});
