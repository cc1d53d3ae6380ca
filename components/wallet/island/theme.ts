import { lightTheme, type Theme } from '@rainbow-me/rainbowkit';

const base = lightTheme({ borderRadius: 'none', overlayBlur: 'none' });

/** RainbowKit in the site's own tokens: they are light-dark() colours, so one theme serves both. */
export const walletTheme: Theme = {
  ...base,
  colors: {
    ...base.colors,
    accentColor: 'var(--ink)',
    accentColorForeground: 'var(--paper)',
    actionButtonBorder: 'var(--rule)',
    actionButtonBorderMobile: 'var(--rule)',
    actionButtonSecondaryBackground: 'var(--well)',
    closeButton: 'var(--ink-soft)',
    closeButtonBackground: 'var(--well)',
    connectButtonBackground: 'var(--sheet)',
    connectButtonInnerBackground: 'var(--well)',
    connectButtonText: 'var(--ink)',
    connectionIndicator: 'var(--verdigris)',
    downloadBottomCardBackground: 'var(--well)',
    downloadTopCardBackground: 'var(--sheet)',
    error: 'var(--madder)',
    generalBorder: 'var(--rule)',
    generalBorderDim: 'var(--rule)',
    menuItemBackground: 'var(--well)',
    modalBackground: 'var(--sheet)',
    modalBorder: 'var(--rule)',
    modalText: 'var(--ink)',
    modalTextDim: 'var(--ink-faint)',
    modalTextSecondary: 'var(--ink-soft)',
    profileAction: 'var(--well)',
    profileActionHover: 'var(--rule)',
    profileForeground: 'var(--sheet)',
    selectedOptionBorder: 'var(--rule-strong)',
    standby: 'var(--copper)',
  },
  fonts: { body: 'inherit' },
  shadows: { ...base.shadows, dialog: '0 12px 40px -12px oklch(0 0 0 / 0.35)' },
};
