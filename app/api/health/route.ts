export const dynamic = 'force-dynamic';

/** That this process answers, for whoever balances load. What it needs beside itself is the doctor's to look at. */
export const GET = () => Response.json({ ok: true });
