// Descriptions that come with the program: field mappings for data as other systems export it.
import genericCsv from '../../../resources/connections/generic-csv.json' with { type: 'json' };
import hubspot from '../../../resources/connections/hubspot.json' with { type: 'json' };
import salesforce from '../../../resources/connections/salesforce.json' with { type: 'json' };

export const READY_CONNECTIONS: readonly { name: string; description: string; text: string }[] = [
  hubspot,
  salesforce,
  genericCsv,
].map((file) => ({
  name: file.name,
  description: file.description,
  text: JSON.stringify(file),
}));
