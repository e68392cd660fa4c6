export type { Message } from '../../../messages/message.ts';
