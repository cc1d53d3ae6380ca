'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ether, shortHex } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { rpc } from '../rpc';
import { TEST_WALLET_NAME } from './identity';
import { addTestAccount, onTestKeys, readTestKeys, switchToAccount, type TestKeys } from './keys';
import { operatorAccounts, operatorName } from './operator-accounts';
import { accountsPanel, onAccountsPanel, showAccounts } from './panel';

/** The test wallet's accounts: which one is active, what it holds, and a new one. Switching is like switching in an extension. */
export function AccountsDialog() {
  const panel = useSyncExternalStore(onAccountsPanel, accountsPanel, () => null);
  return (
    <Dialog open={panel !== null} onClose={() => showAccounts(null)} title="Test wallet accounts">
      {panel && <Accounts rpcPath={panel.rpcPath} />}
    </Dialog>
  );
}

function Accounts({ rpcPath }: { rpcPath: string }) {
  const [keys, setKeys] = useState<TestKeys | null>(readTestKeys);
  useEffect(() => onTestKeys(() => setKeys(readTestKeys())), []);
  const active = keys?.accounts[keys.active]?.address;
  const row = (account: TestKeys['accounts'][number]) => (
    <AccountRow key={account.address} account={account} active={account.address === active} rpcPath={rpcPath} />
  );
  return (
    <div className="grid gap-4">
      <Badge tone="copper">{TEST_WALLET_NAME}</Badge>
      <ul className="grid gap-px bg-rule">{keys?.accounts.filter(({ address }) => !operatorName(address)).map(row)}</ul>
      <h3 className="text-sm text-ink-soft">Operators of this local house</h3>
      <ul className="grid gap-px bg-rule">{operatorAccounts.map(row)}</ul>
      <p className="text-xs text-ink-faint">The keys are in this browser, unprotected. Never send real money to these accounts.</p>
      <Button
        variant="outline"
        onClick={() => {
          showAccounts(null);
          void addTestAccount();
        }}
      >
        New account, and switch to it
      </Button>
    </div>
  );
}

type AccountRowProps = { account: TestKeys['accounts'][number]; active: boolean; rpcPath: string };

function AccountRow({ account, active, rpcPath }: AccountRowProps) {
  const short = shortHex(account.address, 6);
  const name = operatorName(account.address);
  return (
    <li className="flex items-center justify-between gap-4 bg-sheet py-2">
      <span className="grid">
        {name && <span className="text-sm">{name}</span>}
        <span className="font-mono text-xs">{short}</span>
        <Holdings address={account.address} rpcPath={rpcPath} />
      </span>
      {active ? (
        <Badge tone="good">Active</Badge>
      ) : (
        <Button
          size="small"
          variant="outline"
          aria-label={`Switch to ${name ?? short}`}
          onClick={() => {
            showAccounts(null);
            void switchToAccount(account);
          }}
        >
          Switch
        </Button>
      )}
    </li>
  );
}

function Holdings({ address, rpcPath }: { address: string; rpcPath: string }) {
  const [text, setText] = useState('');
  useEffect(() => {
    let current = true;
    rpc(rpcPath, 'eth_getBalance', [address, 'latest']).then(
      (wei) => current && setText(ether(BigInt(wei as string).toString())),
      () => current && setText('balance unknown'),
    );
    return () => {
      current = false;
    };
  }, [address, rpcPath]);
  return <span className="text-2xs text-ink-faint">{text}</span>;
}
