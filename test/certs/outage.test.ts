import t from 'tap';
import { Outage } from '../../certs/outage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryLog } from '../support/memory-log.ts';

function outage() {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const told = () => log.lines.map(({ level, message }) => `${level} ${message}`);
  return { clock, log, told, outage: new Outage({ clock, log }, 'it fails', { part: 1 }) };
}

t.test('the first failure is told, and the end of them', async (t) => {
  const { log, outage: it } = outage();
  const error = new Error('refused');
  it.failed(error);
  it.failed(error);
  t.equal(it.failures, 2);
  it.over();
  t.equal(it.failures, 0);
  t.strictSame(log.lines, [
    { level: 'error', message: 'it fails', fields: { part: 1, err: error } },
    { level: 'info', message: 'over: it fails', fields: { part: 1, failures: 2 } },
  ]);
});

t.test('what never failed is not told to be over', async (t) => {
  const { told, outage: it } = outage();
  it.over();
  t.same(told(), []);
});

t.test('what comes and goes is told once a minute', async (t) => {
  const { clock, told, outage: it } = outage();
  for (let second = 0; second < 120; second += 1) {
    it.failed(new Error('refused'));
    it.over();
    clock.advance(1000);
  }
  t.same(told(), [
    'error it fails',
    'info over: it fails',
    'error it fails',
    'info over: it fails',
  ]);
});
