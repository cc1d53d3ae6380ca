import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { z } from 'zod';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Caller } from '../doors/door';
import { errorOf, problemBody } from '../problem';
import type { GatewayCall } from '../route';
import { TOOLS } from './tools';

const INSTRUCTIONS = `Run private generative models. find_models and get_model say what there is; quote gives the exact price; run makes works, each with a signed receipt;
verify says where a work came from. Amounts are millicredits as text: 1,000 are a credit, a credit is US$0.01. Ask whoever you work for before you spend.`;

/** One for all messages: each server would make its own, for what none of ours asks. */
const jsonSchemaValidator = new AjvJsonSchemaValidator();

const listed = TOOLS.map(({ name, description, input, isReading }) => ({
  ...{ name, description, inputSchema: z.toJSONSchema(input, { io: 'input' }) as { type: 'object' } },
  annotations: { readOnlyHint: isReading, destructiveHint: false, openWorldHint: false },
}));

/** One message of an agent's client, answered at once: nothing is kept between two, so that any instance answers any. */
export async function answerMcp(db: Database, call: GatewayCall<Caller | null>): Promise<Response> {
  const server = new Server({ name: 'intaglio', version: '1' }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS, jsonSchemaValidator });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => callTool(db, call, params.name, params.arguments ?? {}));
  const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(call.request, { parsedBody: readMessage(call.body) });
  } finally {
    await server.close();
  }
}

/** One message: a list of them would count as one call for the limits. Throws `invalid_input`. */
function readMessage(body: Buffer): unknown {
  const refused = new AppError('invalid_input', { message: 'The body is one JSON-RPC message.' });
  try {
    const message: unknown = JSON.parse(body.toString('utf8'));
    if (!Array.isArray(message)) return message;
  } catch {
    throw refused;
  }
  throw refused;
}

async function callTool(db: Database, call: GatewayCall<Caller | null>, name: string, given: unknown) {
  const tool = TOOLS.find((one) => one.name === name);
  if (!tool) throw new McpError(ErrorCode.InvalidParams, `There is no tool “${name}” here.`);
  try {
    const answer = await tool.run(db, call, given);
    return { content: [{ type: 'text' as const, text: JSON.stringify(answer) }], structuredContent: { ...answer } };
  } catch (thrown) {
    const { error: _, ...problem } = problemBody(errorOf(thrown));
    call.note.code = problem.code;
    return { isError: true, content: [{ type: 'text' as const, text: JSON.stringify(problem) }], structuredContent: problem };
  }
}
