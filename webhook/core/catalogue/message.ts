export type { Message } from '../../../sidecar/message.ts';
