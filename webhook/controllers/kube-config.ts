/**
 * What is used of client-node, named here so that a bundler drops the rest: a module that is imported as a whole at run
 * time stays whole, and this one would make 22 MB of a bundle of 3 MB.
 */
export { KubeConfig } from '@kubernetes/client-node';
