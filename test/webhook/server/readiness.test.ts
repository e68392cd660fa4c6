import t from 'tap';
import { Readiness } from '../../../webhook/server/readiness.ts';

t.test('it is ready when every condition is met', (t) => {
  let reason: string | undefined = 'there is none yet';
  const readiness = new Readiness({ certificate: () => reason, configuration: () => undefined });
  t.strictSame(readiness.notReady(), [{ condition: 'certificate', reason }]);
  reason = undefined;
  t.strictSame(readiness.notReady(), []);
  t.end();
});

t.test('it is not ready once it drains, whatever the conditions say', (t) => {
  const readiness = new Readiness({ certificate: () => undefined });
  t.equal(readiness.draining, false);
  readiness.drain();
  t.equal(readiness.draining, true);
  t.match(readiness.notReady(), [{ condition: 'serving' }]);
  t.end();
});
