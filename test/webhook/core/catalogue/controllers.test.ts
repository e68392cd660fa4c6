import t from 'tap';
import { CONTROLLERS } from '../../../../webhook/core/catalogue/controllers.ts';
import { problem } from '../../../../webhook/core/problems.ts';
import { assertReadable } from '../../../support/messages.ts';

t.test('what is in the way of a class is told in one line', async (t) => {
  const name = 'zonekeeper-mysql-replicated-0123456789';
  const found = [
    problem('ZK601', { class: name }),
    problem('ZK602', { class: name, detail: 'denied by policy require-team-label' }),
    problem('ZK603', {}),
  ];
  t.strictSame(
    found.map(({ code }) => code),
    Object.keys(CONTROLLERS),
  );
  for (const one of found) assertReadable(t, one);
});
