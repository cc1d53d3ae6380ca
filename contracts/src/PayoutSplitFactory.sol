// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LibClone} from "solady/utils/LibClone.sol";
import {Shares} from "./lib/Shares.sol";
import {PayoutSplit, Receiver} from "./PayoutSplit.sol";

/// Makes splits at addresses that follow from the list of receivers alone: the same list is the same split, whoever makes it, and
/// money may be sent there before. That an address is the split of a list is shown by `splitOf`; nothing is recorded.
contract PayoutSplitFactory {
    uint256 public constant MAX_RECEIVERS = 32;

    address public immutable IMPLEMENTATION = address(new PayoutSplit());

    event SplitCreated(address indexed split, Receiver[] receivers);

    /// One to 32 of them, in ascending order of accounts, none twice, none zero.
    error BadReceivers();
    /// Each at least one basis point, together 10,000.
    error BadShares();

    /// Where the split of these receivers is or will be. Errors: `BadReceivers`, `BadShares`
    function splitOf(Receiver[] calldata receivers) external view returns (address) {
        return LibClone.predictDeterministicAddress(IMPLEMENTATION, _packed(receivers), 0, address(this));
    }

    /// Does nothing where it exists already. Errors: `BadReceivers`, `BadShares`
    function createSplit(Receiver[] calldata receivers) external returns (address split) {
        bool exists;
        (exists, split) = LibClone.createDeterministicClone(IMPLEMENTATION, _packed(receivers), 0);
        if (!exists) emit SplitCreated(split, receivers);
    }

    function _packed(Receiver[] calldata receivers) private pure returns (bytes memory args) {
        if (receivers.length == 0 || receivers.length > MAX_RECEIVERS) revert BadReceivers();
        address last;
        uint256 total;
        for (uint256 i; i < receivers.length; ++i) {
            Receiver calldata receiver = receivers[i];
            if (receiver.account <= last) revert BadReceivers();
            if (receiver.share == 0) revert BadShares();
            last = receiver.account;
            total += receiver.share;
            args = abi.encodePacked(args, receiver.account, receiver.share);
        }
        if (total != Shares.WHOLE) revert BadShares();
    }
}
