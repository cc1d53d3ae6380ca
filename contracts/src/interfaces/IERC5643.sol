// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// ERC-5643, subscription NFTs; interface id 0x8c65f84d.
interface IERC5643 {
    /// `expiration` is 0 when the subscription was cancelled.
    event SubscriptionUpdate(uint256 indexed tokenId, uint64 expiration);

    function renewSubscription(uint256 tokenId, uint64 duration) external payable;

    function cancelSubscription(uint256 tokenId) external payable;

    function expiresAt(uint256 tokenId) external view returns (uint64);

    function isRenewable(uint256 tokenId) external view returns (bool);
}
