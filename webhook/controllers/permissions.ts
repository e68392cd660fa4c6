/** Something the ServiceAccount has to be allowed to do. */
export interface Permission {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Absent: in every namespace, or of a kind that lies in none. */
  readonly namespace?: string;
  /** Absent: for objects of any name. */
  readonly name?: string;
  /** Can the webhook not serve without it? What is not essential only costs warnings. */
  readonly essential: boolean;
}

/** What the webhook was told to work with, as far as permissions follow from it. */
export interface PermissionNeeds {
  readonly namespace: string;
  /** Names of what it keeps to issue its own certificates; absent where it is given them. */
  readonly issuing?: { readonly secret: string; readonly lease: string };
  /** Lease under which it keeps the SecretProviderClasses of sets; absent where it does not. */
  readonly classLease?: string;
  /** ConfigMap that owns what it makes in its namespace; absent where nothing does. */
  readonly owner?: string;
  readonly webhookConfiguration: string;
  /** Does it write the caBundle? */
  readonly writesCaBundle: boolean;
  /** Where the Leases of schedulers are. */
  readonly leaseNamespaces: readonly string[];
}

const WATCH = ['list', 'watch'];
const LEASES = { group: 'coordination.k8s.io', resource: 'leases' };
const CLASSES = { group: 'secrets-store.csi.x-k8s.io', resource: 'secretproviderclasses' };
const CONFIGURATIONS = {
  group: 'admissionregistration.k8s.io',
  resource: 'mutatingwebhookconfigurations',
};

/** Every permission that is needed; the chart grants exactly these. */
export function neededPermissions(needs: PermissionNeeds): Permission[] {
  const { webhookConfiguration: name, writesCaBundle, leaseNamespaces } = needs;
  const verbs = writesCaBundle ? [...WATCH, 'patch'] : WATCH;
  return [
    ...issuingPermissions(needs),
    ...ownerPermissions(needs),
    ...each(verbs, { ...CONFIGURATIONS, name, essential: true }),
    ...viewPermissions(leaseNamespaces),
    ...classPermissions(needs),
  ];
}

function issuingPermissions({ namespace, issuing }: PermissionNeeds): Permission[] {
  if (!issuing) return [];
  const { secret, lease } = issuing;
  const secrets = { group: '', resource: 'secrets', namespace, essential: true };
  const leases = { ...LEASES, namespace, essential: true };
  return [
    ...each(['create'], secrets),
    ...each(['get', ...WATCH, 'patch'], { ...secrets, name: secret }),
    ...each(['create'], leases),
    ...each(['get', 'patch'], { ...leases, name: lease }),
  ];
}

function ownerPermissions({ namespace, issuing, classLease, owner: name }: PermissionNeeds) {
  if (name === undefined || (issuing ?? classLease) === undefined) return [];
  const essential = issuing !== undefined;
  return each(['get'], { group: '', resource: 'configmaps', namespace, name, essential });
}

function viewPermissions(leaseNamespaces: readonly string[]): Permission[] {
  const kinds = [
    { group: 'storage.k8s.io', resource: 'storageclasses' },
    { group: 'storage.k8s.io', resource: 'csidrivers' },
    { group: '', resource: 'persistentvolumeclaims' },
    { group: '', resource: 'serviceaccounts' },
    CLASSES,
    ...leaseNamespaces.map((namespace) => ({ ...LEASES, namespace })),
  ];
  return kinds.flatMap((kind) => each(WATCH, { ...kind, essential: false }));
}

function classPermissions({ namespace, issuing, classLease }: PermissionNeeds): Permission[] {
  if (classLease === undefined) return [];
  const leases = { ...LEASES, namespace, essential: false };
  return [
    // Who issues certificates has that already.
    ...(issuing ? [] : each(['create'], leases)),
    ...each(['get', 'patch'], { ...leases, name: classLease }),
    ...each(['get', ...WATCH], { group: 'apps', resource: 'statefulsets', essential: false }),
    ...each(['list'], { group: 'apps', resource: 'controllerrevisions', essential: false }),
    ...each(['list'], { group: '', resource: 'pods', essential: false }),
    ...each(['get', 'create', 'patch', 'delete'], { ...CLASSES, essential: false }),
    ...each(['create'], { group: 'events.k8s.io', resource: 'events', essential: false }),
  ];
}

function each(verbs: readonly string[], on: Omit<Permission, 'verb'>): Permission[] {
  return verbs.map((verb) => ({ verb, ...on }));
}

/** For people: `patch secrets "zonekeeper" in namespace "system"`. */
export function permissionText({ verb, group, resource, namespace, name }: Permission): string {
  const kind = group === '' ? resource : `${resource}.${group}`;
  const of = name === undefined ? '' : ` "${name}"`;
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`;
  return `${verb} ${kind}${of}${where}`;
}
