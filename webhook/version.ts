export { VERSION } from '../sidecar/version.ts';
