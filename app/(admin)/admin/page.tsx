import { redirect } from 'next/navigation';
import { operatorOnly } from '../operator-only';

/** The operator's day begins with what waits for a decision. */
export default async function AdminPage(): Promise<never> {
  await operatorOnly();
  redirect('/admin/payouts');
}
