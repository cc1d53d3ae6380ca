import { Client } from 'pg';

/** By the database's owner: every write to this table fails from now on, as for a process that dies just before it. Returns what ends that. */
export async function failWritesOf(ownerUrl: string | undefined, table: 'work' | 'voucher'): Promise<() => Promise<void>> {
  const run = async (sql: string) => {
    const owner = new Client({ connectionString: ownerUrl });
    await owner.connect();
    await owner.query(sql).finally(() => owner.end());
  };
  await run(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the process died'; END $$;
    CREATE TRIGGER die BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION die()`);
  return () => run(`DROP TRIGGER die ON "${table}"; DROP FUNCTION die()`);
}
