import t from 'tap';
import { errors, findingText } from '../../../webhook/cli/findings.ts';
import { problem } from '../../../webhook/core/problems.ts';

const unreadable = problem('ZK503', { command: 'inject' });
const said =
  'ZK503 zonekeeper inject is given no input; expected -f FILE, or -f - for standard input; name what to read';

t.test('a finding is one line with place, severity, subject and problem', async (t) => {
  const [place, subject] = ['a.yaml:3', 'StatefulSet a, document 1'];
  t.equal(
    findingText({ severity: 'warning', place, subject, problem: unreadable }),
    `a.yaml:3: warning: StatefulSet a, document 1: ${said}\n`,
  );
  t.strictSame(errors([unreadable]).map(findingText), [`error: ${said}\n`]);
});

t.test('names can neither break the line nor steer the terminal', async (t) => {
  const subject = 'StatefulSet a\n\u001b[2J\u202e';
  t.match(
    findingText({ severity: 'error', subject, problem: unreadable }),
    /^error: StatefulSet a��\[2J�: ZK503 .*\n$/,
  );
});
