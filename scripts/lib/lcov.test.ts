import { expect, it } from 'vitest';
import { readLcov } from './lcov';

const report = `TN:
SF:contracts/src/Till.sol
DA:1,5
DA:2,0
FN:1,2,deposit
BRDA:3,0,0,7
BRDA:3,0,1,0
BRDA:4,1,0,-
end_of_record
TN:
SF:contracts/test/Base.sol
DA:9,0
BRDA:9,0,0,-
end_of_record
`;

it('counts what a folder has, and names what no test reached', () => {
  expect(readLcov(report, 'contracts/src/')).toEqual({
    lines: 2,
    branches: 3,
    uncovered: [
      { file: 'contracts/src/Till.sol', line: 2, what: 'line' },
      { file: 'contracts/src/Till.sol', line: 3, what: 'branch' },
      { file: 'contracts/src/Till.sol', line: 4, what: 'branch' },
    ],
  });
});

it('finds nothing in an empty report', () => {
  expect(readLcov('', 'contracts/src/')).toEqual({ lines: 0, branches: 0, uncovered: [] });
});
