import { ENV_MESSAGES } from '../../sidecar/env/messages.ts';
import { MESSAGES } from '../../sidecar/messages.ts';
import { VAULT_MESSAGES } from '../../sidecar/vault/messages.ts';
import type { Message } from '../../webhook/core/catalogue/message.ts';
import { CATALOGUE } from '../../webhook/core/catalogue.ts';
import { type Page, replaceBlock } from './page.ts';

/** The page of messages, made from their catalogues. */
export const messagesPage: Page = {
  file: 'docs/messages.md',
  render: (current) => replaceBlock(current, 'messages', groups().join('\n\n')),
};

const GROUPS = [
  ['ZK1', 'Refusals'],
  ['ZK2', 'Warnings'],
  ['ZK3', 'Configuration'],
  ['ZK4', 'The review itself'],
  ['ZK5', 'Command line'],
  ['ZK7', 'The check'],
  ['ZK80', 'Environment files'],
  ['ZK8[1-4]', 'Sidecar'],
  ['ZK8[56]', 'Verification'],
] as const;

function groups(): string[] {
  // The catalogue's own type knows every sentence to the letter; here they are all alike.
  const all: [string, Message][] = Object.entries({
    ...CATALOGUE,
    ...ENV_MESSAGES,
    ...MESSAGES,
    ...VAULT_MESSAGES,
  });
  return GROUPS.map(([prefix, title]) => {
    const messages = all.filter(([code]) => new RegExp(`^${prefix}`).test(code));
    return [`## ${title}`, ...messages.map(([code, message]) => section(code, message))];
  })
    .filter((group) => group.length > 1)
    .map((group) => group.join('\n\n'));
}

function section(code: string, { found, expected, mend, why }: Message): string {
  return [
    `### ${code}`,
    why,
    `- Found: ${literal(found)}\n- Expected: ${literal(expected)}\n- Mend: ${literal(mend)}`,
  ].join('\n\n');
}

/** `{name}` is a value of the case. */
function literal(sentence: string): string {
  return sentence.replace(/\{(\w+)\}/g, '*$1*');
}
