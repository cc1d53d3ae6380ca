import { accountRoutes } from './accounts';
import { checkoutRoutes } from './checkout-sessions';
import { customerRoutes } from './customers';
import { disputeRoutes } from './disputes';
import { paymentRoutes } from './payments';
import { refundRoutes } from './refunds';
import type { ApiRoute } from './route';
import { transferRoutes } from './transfers';

const routes: ApiRoute[] = [
  ...customerRoutes,
  ...checkoutRoutes,
  ...paymentRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...accountRoutes,
  ...transferRoutes,
];

/** The call that a method and a path name, with the ids of the path. */
export function findRoute(method: string, path: string): { route: ApiRoute; ids: string[] } | null {
  for (const route of routes) {
    if (route.method !== method) continue;
    const parts = route.path.split('/');
    const given = path.split('/');
    if (parts.length !== given.length || !parts.every((part, i) => part === '*' || part === given[i])) continue;
    return { route, ids: given.filter((_, i) => parts[i] === '*').map(decodeURIComponent) };
  }
  return null;
}
