// The three required settings, for code that reads them: nothing listens at these addresses.
process.env.DATABASE_URL ||= 'postgresql://nobody@127.0.0.1:1/none';
process.env.RPC_URL ||= 'http://127.0.0.1:1';
process.env.WRAPPING_KEY ||= '11'.repeat(32);
