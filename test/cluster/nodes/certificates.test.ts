import t from 'tap';
import { isSignedBy } from '../../../certs/inspect.ts';
import { installZonekeeper, untilSettled } from './installed.ts';
import { NodeCluster } from './node-cluster.ts';
import { isSame, StoredCertificates } from './stored-certificates.ts';
import { everyCallSucceeded, underLoad } from './under-load.ts';

const cluster = await NodeCluster.start();
t.teardown(() => cluster.stop());
const { api } = cluster.controlPlane;
await installZonekeeper(cluster);
const pods = (await untilSettled(api)).map(({ metadata }) => metadata.uid);
const certificates = new StoredCertificates(api);

t.test('no call fails while the serving certificate is renewed', async (t) => {
  const outcome = await underLoad(api, async () => {
    const old = await certificates.ageLeaf(80);
    const { issuer } = await certificates.read();
    const renewed = await certificates.until(
      'a new serving certificate',
      ({ leaf }) => leaf !== undefined && !isSame(leaf.cert, old.cert),
    );
    t.ok(isSame(renewed.issuer?.cert ?? old.cert, issuer?.cert), 'of the same CA');
  });
  everyCallSucceeded(t, outcome);
});

t.test('no call fails in any phase of a rotation of the CA', async (t) => {
  const before = await certificates.read();
  const outcome = await underLoad(api, async () => {
    await certificates.askForRotation();
    await certificates.until('a second CA in the bundle', ({ next }) => next !== undefined);
    const next = await certificates.ageNextAuthority();
    const switched = await certificates.until(
      'a serving certificate of the new CA',
      ({ leaf }) => leaf !== undefined && isSignedBy(leaf.cert, next.cert),
    );
    t.ok(
      switched.trusted.some((ca) => isSame(ca, before.issuer?.cert)),
      'the old one stays',
    );
    await certificates.ageLeaf(2);
    const dropped = await certificates.until('one CA', ({ trusted }) => trusted.length === 1);
    t.ok(isSame(next.cert, dropped.issuer?.cert), 'the new one');
  });
  everyCallSucceeded(t, outcome);
  const published = await certificates.published();
  t.strictSame(
    published.map(({ fingerprint256 }) => fingerprint256),
    (await certificates.read()).trusted.map(({ fingerprint256 }) => fingerprint256),
    'the API server trusts the new CA only',
  );
});

t.test('no Pod was restarted for it', async (t) => {
  t.strictSame(
    (await untilSettled(api)).map(({ metadata }) => metadata.uid),
    pods,
  );
});
