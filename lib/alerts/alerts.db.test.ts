import { afterAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { acknowledgeAlert } from './acknowledge-alert';
import { listAlerts } from './queries';
import { raiseAlert } from './raise-alert';

const OPERATOR = '0x00000000000000000000000000000000000000aa';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const db = openDatabase(process.env.DATABASE_URL ?? '');
const alert = { key: 'test/1', kind: 'test', text: 'Something happened. Look into it.', details: { block: 7 } };

async function signUp(address: `0x${string}`): Promise<Actor> {
  const user = await db.prisma.user.create({ data: { id: newId(), address } });
  return { userId: user.id, address, sessionId: newId() };
}

afterAll(() => db.close());

test('an alert raised again under its key is the same alert', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => raiseAlert(db.pool, alert)));
  expect(new Set(ids).size).toBe(1);
  expect(await db.prisma.operatorAlert.count({ where: { key: alert.key } })).toBe(1);
});

test('an operator sees it and acknowledges it once; whoever was first is kept', async () => {
  const [operator, second] = [await signUp(OPERATOR), await signUp('0x00000000000000000000000000000000000000bb')];
  const id = await raiseAlert(db.pool, { ...alert, key: 'test/2' });
  expect(await listAlerts(db, operator)).toContainEqual(expect.objectContaining({ id, details: { block: 7 }, acknowledgedAt: null }));
  await acknowledgeAlert(db, operator, { id });
  await acknowledgeAlert(db, { ...second, address: OPERATOR }, { id });
  expect(await db.prisma.operatorAlert.findUniqueOrThrow({ where: { id } })).toMatchObject({ acknowledgedBy: operator.userId });
});

test('nobody else sees alerts, or acknowledges them', async () => {
  const stranger = await signUp('0x00000000000000000000000000000000000000cc');
  const id = await raiseAlert(db.pool, { ...alert, key: 'test/3' });
  await expect(listAlerts(db, stranger)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(acknowledgeAlert(db, stranger, { id })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await db.prisma.operatorAlert.findUniqueOrThrow({ where: { id } })).toMatchObject({ acknowledgedAt: null });
});
