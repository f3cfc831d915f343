// Everything between the page's root and a screen: language, core's answers, and which page to show.
import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { I18nProvider as AriaI18nProvider } from 'react-aria-components';
import { Router, type RouterProps } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { CoreClient } from '../core-client/core-client.ts';
import { CoreClientContext, useCoreState, useSettings } from '../core-client/queries.ts';
import { languageAskedFor, languageFor } from '../language/choice.ts';
import { speak } from '../language/language.ts';
import { ElsewherePage, OpeningPage, RefusedPage } from './opening-pages.tsx';
import { showTheme } from './theme.ts';

/**
 * Screens are named behind the #, because the page's address carries the token. Who is there already goes
 * nowhere: each further entry in the browser's history would be one more step back, and costs time.
 */
const HASH_ROUTING: Omit<RouterProps, 'children'> = {
  hook: useHashLocation,
  aroundNav: (navigate, to, options) => {
    if (`#${to}` !== (location.hash || '#/')) navigate(to, options);
  },
};

interface AppProps {
  client: CoreClient;
  queries: QueryClient;
  /** Shown once core has opened the desk. */
  children: ReactNode;
}

export function App({ client, queries, children }: AppProps) {
  return (
    <Spoken>
      <QueryClientProvider client={queries}>
        <CoreClientContext.Provider value={client}>
          <Router {...HASH_ROUTING}>
            <DeskWhenOpen client={client}>{children}</DeskWhenOpen>
          </Router>
        </CoreClientContext.Provider>
      </QueryClientProvider>
    </Spoken>
  );
}

/** Gives the page its words, and react-aria its formats. */
export function Spoken({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <AriaLocale>{children}</AriaLocale>
    </I18nProvider>
  );
}

function AriaLocale({ children }: { children: ReactNode }) {
  const { i18n: spoken } = useLingui();
  return (
    <AriaI18nProvider locale={spoken.locale === 'de' ? 'de-DE' : 'en-GB'}>
      {children}
    </AriaI18nProvider>
  );
}

function DeskWhenOpen({ client, children }: { client: CoreClient; children: ReactNode }) {
  const state = useCoreState();
  switch (state.phase) {
    case 'connecting':
      return <OpeningPage />;
    case 'elsewhere':
      return <ElsewherePage since={state.since} onRetry={client.retry} />;
    case 'refused':
      return <RefusedPage error={state.error} onRetry={client.retry} />;
    case 'ready':
    case 'lost':
      return <AsSettingsSay>{children}</AsSettingsSay>;
  }
}

/** Language and theme follow the settings at once. */
function AsSettingsSay({ children }: { children: ReactNode }) {
  const { language, theme } = useSettings();
  useEffect(() => {
    speak(languageFor(languageAskedFor(location.search), language, navigator.languages));
  }, [language]);
  useEffect(() => showTheme(theme), [theme]);
  return children;
}
