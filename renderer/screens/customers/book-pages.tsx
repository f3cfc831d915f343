import { Trans } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import styles from './customers-screen.module.css';

/** Ways to the pages that keep the book clean. */
export function BookPages() {
  const [, goTo] = useLocation();
  return (
    <span className={styles['pages']}>
      <Button size="small" onPress={() => goTo('/customers/duplicates')}>
        <Trans>Duplicates</Trans>
      </Button>
      <Button size="small" onPress={() => goTo('/customers/organisations')}>
        <Trans>Organisations</Trans>
      </Button>
      <Button size="small" onPress={() => goTo('/customers/tags')}>
        <Trans>Tags</Trans>
      </Button>
    </span>
  );
}
