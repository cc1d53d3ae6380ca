'use client';
import { useEffect, useRef } from 'react';

/** Loads the page again once somebody has signed in: a refresh leaves a page that was not there as it is. */
export function LookAgain({ signedIn }: { signedIn: boolean }) {
  const before = useRef(signedIn);
  useEffect(() => {
    if (signedIn && !before.current) window.location.reload();
  }, [signedIn]);
  return null;
}
