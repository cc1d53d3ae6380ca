// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC5643} from "./interfaces/IERC5643.sol";
import {Stamp, Stamps} from "./lib/Stamps.sol";
import {PassRefunds} from "./PassRefunds.sol";
import {Tier} from "./PassTypes.sol";

/// Until when a pass is good, and how it is made to last longer.
abstract contract PassSubscription is PassRefunds, IERC5643 {
    event Renewed(uint256 indexed tokenId, address indexed payer, uint256 price);
    /// ERC-4906
    event MetadataUpdate(uint256 tokenId);

    error BadDuration();
    error NotRenewable();

    /// Anyone may pay. Adds to what is left, or starts now if nothing is. Costs today's price, and is not refundable: while the
    /// purchase can still be given back it is refused, so that a refund never has to tell two payments apart.
    /// @param duration a multiple of the tier's, seconds; as many times its price has to be sent
    function renewSubscription(uint256 tokenId, uint64 duration) external payable {
        if (!isRenewable(tokenId)) revert NotRenewable();
        Tier storage tier = _tierOf(tokenId);
        Stamp stamp = _stampOf(tokenId);
        uint256 periods = duration / tier.duration;
        if (periods == 0 || duration % tier.duration != 0) revert BadDuration();
        uint256 price = periods * tier.price;
        if (msg.value != price) revert WrongPayment(price);

        uint256 left = stamp.expiry() > block.timestamp ? stamp.expiry() : block.timestamp;
        uint256 expiry = left + duration;
        if (expiry >= Stamps.NEVER) revert BadDuration();
        emit Renewed(tokenId, msg.sender, price);
        _changeExpiry(tokenId, stamp, uint40(expiry));
    }

    /// By the holder alone, not by accounts that were only approved to move the pass. Nothing is paid back. May be renewed later.
    function cancelSubscription(uint256 tokenId) external payable {
        if (msg.value != 0) revert WrongPayment(0);
        _onlyHolder(tokenId);
        _changeExpiry(tokenId, _stampOf(tokenId), Stamps.CANCELLED);
    }

    /// @return the first second the pass is no longer good, 2^64 - 1 if there is none, 0 after it was cancelled
    function expiresAt(uint256 tokenId) external view returns (uint64) {
        _tierOf(tokenId);
        uint40 expiry = _stampOf(tokenId).expiry();
        return expiry == Stamps.NEVER ? type(uint64).max : expiry;
    }

    /// False while the tier is closed, while a refund is possible, and for a pass whose tier does not expire.
    function isRenewable(uint256 tokenId) public view returns (bool) {
        Tier storage tier = _tierOf(tokenId);
        return tier.open && tier.duration != 0 && !_isRefundable(tier.refundWindow, _stampOf(tokenId));
    }

    function _changeExpiry(uint256 tokenId, Stamp stamp, uint40 expiry) private {
        _setStamp(tokenId, stamp.withExpiry(expiry));
        emit SubscriptionUpdate(tokenId, expiry);
        emit MetadataUpdate(tokenId);
    }
}
