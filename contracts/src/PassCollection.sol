// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC5643} from "./interfaces/IERC5643.sol";
import {Stamps} from "./lib/Stamps.sol";
import {PassSubscription} from "./PassSubscription.sol";
import {Tier, TierTerms} from "./PassTypes.sol";
import {CollectionTerms} from "./Types.sol";

/// A creator's passes: ERC-721 tokens that open a model for a time. This contract sells them and says until when each is good;
/// which runs a pass includes is the platform's to count.
contract PassCollection is PassSubscription {
    /// Together with `Transfer` and `SubscriptionUpdate` of the same transaction.
    event Bought(uint256 indexed tokenId, address indexed payer, uint256 price);

    /// Called by the factory in the transaction that creates the clone.
    function initialize(
        address creator,
        string calldata base,
        CollectionTerms calldata terms,
        TierTerms[] calldata tiers
    ) external {
        _open(creator, base, terms);
        for (uint256 i; i < tiers.length; ++i) {
            _addTier(tiers[i]);
        }
    }

    /// The exact price has to be sent, so nobody pays one they have not seen. A gift is a pass bought for another account; the
    /// holder decides about a refund, and it goes to the payer.
    function buy(uint256 tierId, address to) external payable returns (uint256 tokenId) {
        Tier memory tier = _tiers[tierId];
        if (!tier.open) revert SaleClosed();
        if (msg.value != tier.price) revert WrongPayment(tier.price);
        uint256 number = tier.issued + 1;
        if (tier.sold >= tier.cap || number >= IDS_PER_TIER) revert SoldOut();
        _tiers[tierId].sold = tier.sold + 1;
        _tiers[tierId].issued = uint32(number);
        tokenId = tierId * IDS_PER_TIER + number;

        uint40 expiry = tier.duration == 0 ? Stamps.NEVER : uint40(block.timestamp + tier.duration);
        _hold(tierId, tier.refundWindow, msg.value);
        if (to != msg.sender && tier.refundWindow != 0) _rememberPayer(tokenId, msg.sender);
        _issue(to, tokenId, Stamps.pack(expiry, uint40(block.timestamp), tier.revision));
        emit SubscriptionUpdate(tokenId, expiry == Stamps.NEVER ? type(uint64).max : expiry);
        emit Bought(tokenId, msg.sender, msg.value);
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC5643).interfaceId || interfaceId == 0x2a55205a // ERC-2981
            || interfaceId == 0x49064906 // ERC-4906
            || super.supportsInterface(interfaceId);
    }
}
