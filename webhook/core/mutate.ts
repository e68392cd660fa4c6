/** The two admissions of a StatefulSet. Both are pure: the same objects and context give the same mutation. */
export { mutateCreate } from './create.ts';
export { mutateUpdate } from './update.ts';
