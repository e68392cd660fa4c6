import { type Message, problemOf, sentence, type Values } from './message.ts';

/**
 * Every message of the sidecar and its library, by code. Codes are stable: one that was released never changes its meaning.
 * ZK81x concern the mount, ZK82x the files that are written, ZK83x rotation, comparison and the server, ZK84x the command
 * line. The page docs/messages.md shows them.
 */
export const MESSAGES = {
  ZK811: {
    why: 'The driver makes the link ..data when it has written all files; without it nothing was mounted here.',
    found: '{path} holds no secrets ({cause})',
    expected: 'the files of the Secrets Store CSI driver, behind the link ..data',
    mend: 'see the events of the pod; a mount that came up empty is mended only by deleting the pod',
  },
  ZK812: {
    why: 'An application must not start, or go on, with a part of its secrets.',
    found: '{files} of {path} are not there',
    expected: 'every file that the pod was injected for',
    mend: 'add the objects to the SecretProviderClass, or change the annotations of the set',
  },
  ZK813: {
    why: 'A file that cannot be read is told, and the last good files stay.',
    found: '{path} cannot be read ({cause})',
    expected: 'files that the user of the container may read',
    mend: 'set filePermission to 0444 in the SecretProviderClass, or run as the owner',
  },
  ZK814: {
    why: 'Files of two generations are never mixed, so a generation that does not last is not read.',
    found: '{path} changed during each of {attempts} attempts to read it',
    expected: 'a generation that stays for some milliseconds',
    mend: 'raise the rotation interval of the driver',
  },
  ZK815: {
    why: 'A node has few watches for files; when they are used up, changes are found by looking.',
    found: '{path} cannot be watched ({cause}); it is looked at every {seconds} s',
    expected: 'a free watch of the kernel (fs.inotify)',
    mend: 'raise fs.inotify.max_user_watches and max_user_instances of the node',
  },
  ZK821: {
    why: 'When a file cannot be written, the last good one stays and the attempt is repeated.',
    found: '{path} cannot be written ({cause})',
    expected: 'a folder with space that the sidecar may write to',
    mend: 'raise the sizeLimit of the volume if it is full; otherwise see the volume',
  },
  ZK822: {
    why: 'An application that reads the environment file itself is told why it cannot.',
    found: '{path} cannot be read ({cause})',
    expected: 'the environment file that the sidecar writes',
    mend: 'see ZONEKEEPER_ENV_FILE, and the status of the sidecar',
  },
  ZK831: {
    why: 'The application is told of a rotation several times before it is given up.',
    found: 'the application has not accepted the rotation at {url} yet ({cause})',
    expected: 'an answer of 200 to 299',
    mend: 'nothing if it is starting; otherwise correct the address in on-rotation, or the application',
  },
  ZK832: {
    why: 'An application that was not told goes on with the old secrets, so it is said until the next rotation.',
    found:
      'the application was not told of a rotation at {url}: {most} attempts failed, the last one with {cause}',
    expected: 'an answer of 200 to 299',
    mend: 'restart the application, or correct the address in on-rotation',
  },
  ZK833: {
    why: 'A mount that is never compared with Key Vault can be stale without a sign; it is not called fresh.',
    found: 'the mount is not compared with Key Vault',
    expected: 'the annotation verify: "true" for that',
    mend: 'nothing to mend if that is intended',
  },
  ZK834: {
    why: 'What was mounted a moment ago, or was never compared, is not called fresh.',
    found: '{objects} are not compared with Key Vault yet',
    expected: 'a comparison some minutes after the start and after each rotation',
    mend: 'wait for it',
  },
  ZK835: {
    why: 'Delivery goes on when the comparison with Key Vault cannot be made.',
    found: 'Key Vault cannot be compared with ({cause})',
    expected:
      'an identity of the pod: AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE',
    mend: 'see how the pod gets its workload identity',
  },
  ZK836: {
    why: 'Without its port the probes fail, so the sidecar ends and is started again.',
    found: 'port {port} cannot be had ({cause})',
    expected: 'a free port',
    mend: 'stop what listens there, or choose another port',
  },
  ZK841: {
    why: 'A flag that is not understood is refused, because what it asks for would be left out in silence.',
    found: '{argument} is no flag of the sidecar',
    expected: 'one of {known}',
    mend: 'remove it, or run the image of the version that wrote it',
  },
  ZK842: {
    why: 'A value that cannot be read is refused rather than replaced by a default.',
    found: '{flag} is "{value}"',
    expected: '{expected}',
    mend: 'correct the value',
  },
  ZK843: {
    why: 'Of two values that exclude each other neither is what was meant.',
    found: '{flag} is given twice',
    expected: 'it once',
    mend: 'remove one of the two',
  },
  ZK844: {
    why: 'Without it there is nothing to deliver.',
    found: '{flag} is missing',
    expected: '{expected}',
    mend: 'add it',
  },
  ZK845: {
    why: 'A variable can have one value only.',
    found: 'variable {variable} is defined twice',
    expected: 'each variable once',
    mend: 'remove one of --variable and --file-variable',
  },
  ZK846: {
    why: 'A file outside the mounts is never rotated, so a variable from it would be stale in silence.',
    found: '{flag} names {path}',
    expected: 'a path below a --mount',
    mend: 'correct the path, or add the mount',
  },
} as const satisfies Readonly<Record<string, Message>>;

export type Code = keyof typeof MESSAGES;

/** What a user should know: one line, never with a value of a secret. */
export interface Problem {
  /** Stable; docs/messages.md explains each. */
  readonly code: string;
  /** Begins with the code; says what was found, what was expected and how to mend it. */
  readonly message: string;
}

/** The problem of that code; the values are shortened and freed of control characters. */
export function problem<C extends Code>(code: C, values: Values<(typeof MESSAGES)[C]>): Problem {
  return { code, message: sentence(problemOf(MESSAGES, code, values)) };
}

/** What an error of the file system or the network may be told of: its code. Messages quote paths, and others quote input. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}
