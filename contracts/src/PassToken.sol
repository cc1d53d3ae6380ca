// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {CreatorCollection} from "./CreatorCollection.sol";
import {PassMetadata} from "./lib/PassMetadata.sol";
import {Stamp} from "./lib/Stamps.sol";
import {PassTiers} from "./PassTiers.sol";
import {Tier} from "./PassTypes.sol";

/// The ERC-721 of passes. Token id = tier * 10^8 + number in the tier, both from 1; no id is given twice.
abstract contract PassToken is ERC721, PassTiers {
    uint256 internal constant IDS_PER_TIER = 1e8;

    /// Who paid, where that is not the holder, or was not when a refund was still possible.
    mapping(uint256 tokenId => address) private _payers;

    error NotTransferable();
    error OnlyHolder();

    /// What the creator decided for the whole tier, for ever.
    function isTransferable(uint256 tokenId) external view returns (bool) {
        return _tierOf(tokenId).transferable;
    }

    /// The last second a refund is possible, or 0 where there never was one. Reverts if there is no such pass.
    function refundableUntil(uint256 tokenId) external view returns (uint256) {
        uint256 window = _tierOf(tokenId).refundWindow;
        return window == 0 ? 0 : _stampOf(tokenId).bought() + window;
    }

    /// Who a refund would go to, and how many wei: what was paid, whatever the tier costs now. Reverts if there is no such pass.
    function refundOf(uint256 tokenId) public view returns (address payer, uint256 amount) {
        payer = _payers[tokenId];
        if (payer == address(0)) payer = ownerOf(tokenId);
        amount = _prices[_tierIdOf(tokenId)][_stampOf(tokenId).revision()];
    }

    /// A data address with JSON that is rendered anew each time, for it tells when the pass expires.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        Tier storage tier = _tierOf(tokenId);
        return PassMetadata.uri(
            _looks[_tierIdOf(tokenId)], tokenId, tokenId % IDS_PER_TIER, _stampOf(tokenId), tier.transferable
        );
    }

    function name() public view override(ERC721, CreatorCollection) returns (string memory) {
        return CreatorCollection.name();
    }

    function symbol() public view override(ERC721, CreatorCollection) returns (string memory) {
        return CreatorCollection.symbol();
    }

    /// The id is new, so that nothing has to be asked.
    function _issue(address to, uint256 tokenId, Stamp stamp) internal {
        _mintAndSetExtraDataUnchecked(to, tokenId, Stamp.unwrap(stamp));
    }

    function _rememberPayer(uint256 tokenId, address payer) internal {
        _payers[tokenId] = payer;
    }

    function _tierIdOf(uint256 tokenId) internal pure returns (uint256) {
        return tokenId / IDS_PER_TIER;
    }

    /// Reverts if there is no such pass.
    function _tierOf(uint256 tokenId) internal view returns (Tier storage) {
        if (!_exists(tokenId)) revert TokenDoesNotExist();
        return _tiers[_tierIdOf(tokenId)];
    }

    function _stampOf(uint256 tokenId) internal view returns (Stamp) {
        return Stamp.wrap(_getExtraData(tokenId));
    }

    function _setStamp(uint256 tokenId, Stamp stamp) internal {
        _setExtraData(tokenId, Stamp.unwrap(stamp));
    }

    function _onlyHolder(uint256 tokenId) internal view {
        if (ownerOf(tokenId) != msg.sender) revert OnlyHolder();
    }

    /// The last second of the window belongs to it.
    function _isRefundable(uint256 refundWindow, Stamp stamp) internal view returns (bool) {
        return refundWindow != 0 && block.timestamp <= stamp.bought() + refundWindow;
    }

    /// A soulbound pass never moves. One that moves while a refund is possible keeps its payer: money goes back where it came from.
    function _beforeTokenTransfer(address from, address to, uint256 tokenId) internal override {
        if (from == address(0) || to == address(0)) return;
        Tier storage tier = _tiers[_tierIdOf(tokenId)];
        if (!tier.transferable) revert NotTransferable();
        if (_payers[tokenId] == address(0) && _isRefundable(tier.refundWindow, _stampOf(tokenId))) {
            _payers[tokenId] = from;
        }
    }
}
