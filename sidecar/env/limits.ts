/** The most that Linux passes on as one `NAME=VALUE` with its final NUL (MAX_ARG_STRLEN: 32 pages of 4 KiB). */
const LONGEST_VARIABLE = 128 * 1024;

/** The most that Go's bufio.Scanner takes for one line with its line feed (bufio.MaxScanTokenSize). */
const LONGEST_SCANNED_LINE = 64 * 1024;

/** Whether every program that is started with the variable would fail with "argument list too long". */
export function exceedsEnvironment(name: string, value: string): boolean {
  const most = (name.length + value.length + 2) * 3;
  return most > LONGEST_VARIABLE && Buffer.byteLength(`${name}=${value}\0`) > LONGEST_VARIABLE;
}

/** Whether a line of the text is too long for readers that are written in Go. */
export function exceedsScanner(text: string): boolean {
  if (text.length * 3 < LONGEST_SCANNED_LINE) return false;
  return text.split('\n').some((line) => Buffer.byteLength(line) >= LONGEST_SCANNED_LINE);
}
