import { database } from '@/lib/db';
import { answerMcp } from '@/lib/gateway/mcp/answer-mcp';
import { openGatewayRoute } from '@/lib/gateway/route';

/** Model Context Protocol, streamable HTTP, without sessions: tools to find, price, run and verify. Each asks for the scope that its route does. */
export const POST = openGatewayRoute((call) => answerMcp(database(), call));

const noStream = () => new Response(null, { status: 405, headers: { allow: 'POST' } });

/** There are no messages of ours to wait for, and no sessions to end. */
export { noStream as DELETE, noStream as GET };
