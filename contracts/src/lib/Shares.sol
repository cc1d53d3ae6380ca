// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Divides what a split has received so that nothing is rounded away. Units are numbered as they come in; unit k belongs to the
/// receiver whose span of basis points holds k modulo 10,000. Spans follow each other from 0 to 10,000, so for any `received`:
///
/// - conservation: the dues of all spans add up to `received` exactly (`upTo` of neighbours cancels, `upTo(r, 10000) = r`);
/// - what is due never shrinks when more is received, so what was paid out once was right for ever;
/// - a due differs from the exact share by 2,500 units at most (a quarter of a cent of USDC), and by none at every 10,000th unit.
///
/// Rounding every share down would be nearer, but leaves units that are nobody's; rounding only at the end of each span is
/// nearer too, but a due could shrink. Nothing overflows, whatever a token says.
library Shares {
    /// Basis points in the whole.
    uint256 internal constant WHOLE = 10_000;

    /// How many of the first `received` units belong to the spans below `end` basis points. 0 <= end <= 10,000
    function upTo(uint256 received, uint256 end) internal pure returns (uint256) {
        uint256 rest = received % WHOLE;
        return received / WHOLE * end + (rest < end ? rest : end);
    }

    /// What is due to the span of `share` basis points that starts at `start`. start + share <= 10,000
    function due(uint256 received, uint256 start, uint256 share) internal pure returns (uint256) {
        return upTo(received, start + share) - upTo(received, start);
    }
}
