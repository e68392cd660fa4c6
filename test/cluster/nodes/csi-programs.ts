import path from 'node:path';
import { goBuild } from '../../support/go-build.ts';
import { findingOf } from './built-programs.ts';

const MODULE = path.join(import.meta.dirname, 'csi');
const LAST = 'registrar';

/** The folder with the Secrets Store CSI driver, `azure`, which plays its provider, and `registrar`. */
export const findCsiPrograms = findingOf({
  module: MODULE,
  sources: [
    'go.mod',
    'go.sum',
    'azure/main.go',
    'mlog/go.mod',
    'mlog/mlog.go',
    'registrar/main.go',
  ],
  pinned: 'sigs.k8s.io/secrets-store-csi-driver',
  name: 'csi-programs',
  title: 'the Secrets Store CSI driver',
  executable: LAST,
  build: (folder) => {
    const what = ['-ldflags=-s -w', '-o', `${folder}/`, 'tool', './azure', `./${LAST}`];
    return goBuild(MODULE, what);
  },
});
