import { useLingui } from '@lingui/react/macro';
import { ChartNoAxesColumn, Headset, Settings, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { classNames } from '../components/class-names.ts';
import sign from './icon.svg';
import styles from './navigation.module.css';

interface PlaceProps {
  href: string;
  picture: ReactNode;
  children: string;
}

function Place({ href, picture, children }: PlaceProps) {
  const [exactly] = useRoute(href);
  const [below] = useRoute(`${href}/*`);
  const here = exactly || (below && href !== '/');
  return (
    <Link
      href={href}
      className={classNames(styles['place'], here && styles['here'])}
      aria-current={here ? 'page' : undefined}
    >
      {picture}
      {children}
    </Link>
  );
}

export function Navigation() {
  const { t } = useLingui();
  return (
    <nav className={styles['navigation']} aria-label={t`Screens`}>
      <img className={styles['sign']} src={sign} alt="" width="32" height="32" />
      <Place href="/" picture={<Headset aria-hidden="true" />}>
        {t({ message: 'Desk', comment: 'Link to the main screen: Arbeitsplatz; must be short' })}
      </Place>
      <Place href="/customers" picture={<UsersRound aria-hidden="true" />}>
        {t`Customers`}
      </Place>
      <Place href="/figures" picture={<ChartNoAxesColumn aria-hidden="true" />}>
        {t({ message: 'Figures', comment: 'Link to the KPI screen: Zahlen' })}
      </Place>
      <span className={styles['gap']} />
      <Place href="/settings" picture={<Settings aria-hidden="true" />}>
        {t({ message: 'Settings', comment: 'Link to the settings: Einstellungen; must be short' })}
      </Place>
    </nav>
  );
}
