/**
 * A driver that rotates as fast as it can: `node writer.ts MOUNT FROM TO` writes those generations. One that is asked to
 * stop ends after the generation it is at.
 */
import { SecretMount } from '../../support/secret-mount.ts';
import { payloadOf } from './generations.ts';

const [folder = '', from, to] = process.argv.slice(2);
const mount = new SecretMount(folder);
for (let n = Number(from); n <= Number(to); n += 1) mount.write(payloadOf(n));
