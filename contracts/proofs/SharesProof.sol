// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Shares} from "../src/lib/Shares.sol";

/// Proved for three uneven shares and whatever came in: what is due adds up to it, to the last unit, and never shrinks when more
/// comes in; so payments never exceed it. With any other shares the ends between neighbours cancel, and `whole` is what remains.
contract SharesProof {
    uint256 private constant FIRST = 3_333;
    uint256 private constant SECOND = 5_001;
    uint256 private constant THIRD = 1_666;

    function conserves(uint256 received) external pure {
        uint256 first = Shares.due(received, 0, FIRST);
        uint256 second = Shares.due(received, FIRST, SECOND);
        uint256 third = Shares.due(received, FIRST + SECOND, THIRD);
        assert(first + second + third == received);
    }

    function whole(uint256 received) external pure {
        assert(Shares.upTo(received, Shares.WHOLE) - Shares.upTo(received, 0) == received);
    }

    function neverShrinks(uint256 received, uint256 more) external pure {
        require(more <= type(uint256).max - received);
        assert(Shares.due(received + more, FIRST, SECOND) >= Shares.due(received, FIRST, SECOND));
    }
}
