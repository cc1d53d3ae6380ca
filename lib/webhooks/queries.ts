import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { WebhookDeliveryDto, WebhookDto } from './schema';

const DELIVERIES_A_PAGE = 25;
/** Of one message; a replay adds to them. */
const ATTEMPTS_SHOWN = 20;

const withFormerSecret = { secrets: { where: { endsAt: { not: null } }, select: { endsAt: true } } } as const;
type Row = Awaited<ReturnType<typeof find>>[number];
const find = ({ prisma }: Database, where: { userId: string; id?: string }) =>
  prisma.webhookEndpoint.findMany({ where, orderBy: { createdAt: 'asc' }, include: withFormerSecret });

function toDto({ id, url, events, state, disabledWhy, createdAt, secrets }: Row): WebhookDto {
  const endsAt = secrets[0]?.endsAt;
  return {
    ...{ id, url, events, state, disabledWhy: disabledWhy as WebhookDto['disabledWhy'], createdAt: createdAt.toISOString() },
    rotatesUntil: endsAt && endsAt > new Date() ? endsAt.toISOString() : null,
  };
}

/** The addresses that are told of this person's events. */
export async function listWebhooks(db: Database, { userId }: Pick<Actor, 'userId'>): Promise<WebhookDto[]> {
  return (await find(db, { userId })).map(toDto);
}

/** One of them; null where it is not there, or not theirs. */
export async function getWebhook(db: Database, { userId }: Pick<Actor, 'userId'>, id: string): Promise<WebhookDto | null> {
  const [row] = await find(db, { userId, id });
  return row ? toDto(row) : null;
}

/** The log of an address, newest first. `before`: the id of the last one seen. */
export async function listDeliveries(
  { prisma }: Database,
  { userId }: Pick<Actor, 'userId'>,
  { webhookId, before }: { webhookId: string; before?: string },
): Promise<{ deliveries: WebhookDeliveryDto[]; nextBefore: string | null }> {
  const rows = await prisma.webhookDelivery.findMany({
    where: { endpointId: webhookId, endpoint: { userId } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: DELIVERIES_A_PAGE + 1,
    ...(before && { cursor: { id: before }, skip: 1 }),
    include: { event: true, attempts: { orderBy: { number: 'desc' }, take: ATTEMPTS_SHOWN } },
  });
  const deliveries = rows.slice(0, DELIVERIES_A_PAGE).map(({ id, event, state, createdAt, nextAt, attempts }) => ({
    ...{ id, eventId: event.id, type: event.type, body: event.body, state },
    ...{ createdAt: createdAt.toISOString(), nextAt: nextAt?.toISOString() ?? null },
    attempts: attempts.map(({ number, at, status, problem, ms }) => ({ number, at: at.toISOString(), status, problem, ms })),
  }));
  return { deliveries, nextBefore: rows.length > DELIVERIES_A_PAGE ? (deliveries.at(-1)?.id ?? null) : null };
}
