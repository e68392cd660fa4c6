import { readdirSync, readFileSync } from 'node:fs';

/** CPU time that all threads of a process have used so far, in microseconds (Linux). */
export function cpuMicroseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1000;
}

/** Resident memory of a process in megabytes (Linux). */
export const residentMegabytes = (pid: number): number => megabytes(pid, 'VmRSS');

/** The part of it that belongs to no file, in megabytes: what the process costs where its program is in memory already. */
export const anonymousMegabytes = (pid: number): number => megabytes(pid, 'RssAnon');

function megabytes(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / 1e6;
}
