import type { Database } from '@/lib/db';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import type { GatewayCall } from '../route';
import type { RunInput } from '../schema';

/** What a route asks for and answers with, where the one call is paid. */
export type Payable = {
  read(call: GatewayCall<unknown>): Promise<RunInput>;
  write(db: Database, caller: Caller, run: GenerationDto, call: GatewayCall<unknown>): Promise<object>;
};
