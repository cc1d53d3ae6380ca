'use client';
import dynamic from 'next/dynamic';

// The three ways into the wallet. None imports wagmi or RainbowKit: those come with the island, when somebody reaches for a button.
export { AccountButton } from './account-button';

/** Chunks of their own, so that pages without them do not carry them. Rendered on the server like any other part of the page. */
export const BuyCredits = dynamic(() => import('./buy-credits').then((module) => module.BuyCredits));
export const MintButton = dynamic(() => import('./mint-button').then((module) => module.MintButton));
