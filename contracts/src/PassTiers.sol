// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {CreatorCollection} from "./CreatorCollection.sol";
import {JsonText} from "./lib/JsonText.sol";
import {Tier, TierLook, TierTerms} from "./PassTypes.sol";

/// The tiers of a creator's passes, numbered from 1. What a buyer was told stays true: once a tier is there, only its price and
/// openness change, and its cap goes down.
abstract contract PassTiers is CreatorCollection {
    /// A withdrawal looks at every tier.
    uint256 public constant MAX_TIERS = 32;
    uint256 public constant MAX_REFUND_WINDOW = 14 days;
    uint256 private constant MAX_LABEL_BYTES = 128;

    uint256 public tierCount;
    mapping(uint256 tierId => Tier) internal _tiers;
    mapping(uint256 tierId => TierLook) internal _looks;
    /// Every price a tier ever had: a pass remembers which one it was bought at.
    mapping(uint256 tierId => mapping(uint256 revision => uint88)) internal _prices;

    event TierAdded(uint256 indexed tierId, TierTerms terms);
    event SaleChanged(uint256 indexed tierId, uint88 price, bool open);
    event CapLowered(uint256 indexed tierId, uint24 cap);

    error BadCap();
    error BadTier();
    error SaleClosed();
    error SoldOut();
    error TooManyTiers();
    error UnknownTier(uint256 tierId);
    error WrongPayment(uint256 price);

    function addTier(TierTerms calldata terms) external onlyOwner {
        _addTier(terms);
    }

    /// Passes that were sold keep the price they were bought at, for their refund; renewals cost the new one.
    function setSale(uint256 tierId, uint88 price, bool open) external onlyOwner {
        Tier storage tier = _known(tierId);
        if (price != tier.price) {
            tier.revision += 1;
            tier.price = price;
            _prices[tierId][tier.revision] = price;
        }
        tier.open = open;
        emit SaleChanged(tierId, price, open);
    }

    function lowerCap(uint256 tierId, uint24 cap) external onlyOwner {
        Tier storage tier = _known(tierId);
        if (cap >= tier.cap || cap < tier.sold) revert BadCap();
        tier.cap = cap;
        emit CapLowered(tierId, cap);
    }

    function tierOf(uint256 tierId) external view returns (Tier memory) {
        return _known(tierId);
    }

    /// Codec and digest of the picture's CID, and the label.
    function lookOf(uint256 tierId) external view returns (TierLook memory) {
        _known(tierId);
        return _looks[tierId];
    }

    function _addTier(TierTerms calldata terms) internal {
        if (tierCount >= MAX_TIERS) revert TooManyTiers();
        _check(terms);
        uint256 tierId = ++tierCount;
        Tier storage tier = _tiers[tierId];
        tier.price = terms.price;
        tier.duration = terms.duration;
        tier.refundWindow = terms.refundWindow;
        tier.cap = terms.cap;
        tier.transferable = terms.transferable;
        tier.open = terms.open;
        _prices[tierId][0] = terms.price;
        _looks[tierId] = TierLook(terms.codec, terms.image, terms.label);
        emit TierAdded(tierId, terms);
    }

    function _check(TierTerms calldata terms) private pure {
        bytes calldata label = bytes(terms.label);
        bool badLabel = label.length == 0 || label.length > MAX_LABEL_BYTES || !JsonText.isSafe(label);
        bool badCodec = terms.codec != 0x55 && terms.codec != 0x70;
        bool outlives = terms.duration != 0 && terms.refundWindow > terms.duration;
        if (badLabel || badCodec || outlives || terms.refundWindow > MAX_REFUND_WINDOW || terms.cap == 0) {
            revert BadTier();
        }
    }

    function _known(uint256 tierId) private view returns (Tier storage) {
        if (tierId == 0 || tierId > tierCount) revert UnknownTier(tierId);
        return _tiers[tierId];
    }
}
