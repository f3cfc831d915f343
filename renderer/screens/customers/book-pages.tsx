import { Trans } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';

/** Ways to the pages that keep the book clean. */
export function BookPages() {
  const [, goTo] = useLocation();
  return (
    <>
      <Button onPress={() => goTo('/customers/duplicates')}>
        <Trans>Duplicates</Trans>
      </Button>
      <Button onPress={() => goTo('/customers/organisations')}>
        <Trans>Organisations</Trans>
      </Button>
      <Button onPress={() => goTo('/customers/tags')}>
        <Trans>Tags</Trans>
      </Button>
    </>
  );
}
