// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Wei that may still be asked back, in one slot: 40 bits the span of the last purchase, 104 bits what came in during that span, 104
/// bits what came in during the span before. 2^104 wei are more than there will ever be.
type Held is uint256;

using {Escrow.add, Escrow.remove, Escrow.sum} for Held global;

/// Holds payments for at least a window of seconds, at the price of one slot for all of them. Time is cut into spans as long as the
/// window; what came in during a span is free when the second span after it begins. So a payment waits one to two windows, and
/// nothing has to be done to free it. `window` is never 0, and always the same for the same `Held`.
library Escrow {
    function add(Held held, uint256 window, uint256 amount) internal view returns (Held) {
        uint256 span = block.timestamp / window;
        (uint256 current, uint256 previous) = _sumsAt(held, span);
        return _pack(span, current + amount, previous);
    }

    /// Gives back a payment of second `paidAt`, whose window is not over: it came in during the last span, or the one before.
    function remove(Held held, uint256 window, uint256 paidAt, uint256 amount) internal pure returns (Held) {
        uint256 span = _span(held);
        (uint256 current, uint256 previous) = _sumsAt(held, span);
        if (paidAt / window == span) return _pack(span, current - amount, previous);
        return _pack(span, current, previous - amount);
    }

    function sum(Held held, uint256 window) internal view returns (uint256) {
        (uint256 current, uint256 previous) = _sumsAt(held, block.timestamp / window);
        return current + previous;
    }

    /// The two sums as they stand in a span that is not before the last purchase.
    function _sumsAt(Held held, uint256 span) private pure returns (uint256 current, uint256 previous) {
        uint256 passed = span - _span(held);
        if (passed > 1) return (0, 0);
        uint256 last = uint104(Held.unwrap(held) >> 104);
        return passed == 0 ? (last, uint256(uint104(Held.unwrap(held)))) : (0, last);
    }

    function _span(Held held) private pure returns (uint256) {
        return Held.unwrap(held) >> 208;
    }

    function _pack(uint256 span, uint256 current, uint256 previous) private pure returns (Held) {
        return Held.wrap((span << 208) | (current << 104) | previous);
    }
}
