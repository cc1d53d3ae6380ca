import { AppError } from '@/lib/errors';
import { openGatewayRoute } from '@/lib/gateway/route';

const refuse = openGatewayRoute(async ({ request }) => {
  throw new AppError('not_found', { message: `There is no ${request.method} ${new URL(request.url).pathname} here.` });
});
/** What is not offered is refused in the form of everything else here, and not with a page. */
const nothing = (request: Request) => refuse(request, { params: Promise.resolve({}) });

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
